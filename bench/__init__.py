"""The project's own measuring: anyone can run it, and it prints what it ran on."""
