"""What is claimed about speed and size, as commands that measure it beside a floor and print the ratio."""
