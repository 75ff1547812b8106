"""The survey's rules: no clock, no input or output."""
