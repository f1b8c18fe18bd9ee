"""What a person sees: pure functions from models to `Screen`, and the addresses behind the buttons."""
