"""The reference back end of the spec `threads`: companies, chatrooms, threads, messages, files."""
