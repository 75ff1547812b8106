"""The demo province: made-up people in made-up villages, sent through the real register."""
