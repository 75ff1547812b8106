"""What people look at: selects that return plain rows."""
