"""What several commands share."""

#: For a command that takes whatever `behave` takes.
TAKES_BEHAVES = {"allow_extra_args": True, "ignore_unknown_options": True}
