"""What people do: one act per function, given a session and who acts."""
