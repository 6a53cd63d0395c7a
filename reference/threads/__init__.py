"""The reference back end of the book `threads`: companies, chatrooms, threads, messages, files."""
