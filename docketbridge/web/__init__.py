"""The pages: one family a file; they read matter files and say what they see."""
