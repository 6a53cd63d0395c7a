"""What can be done and is owed, one topic a file: its moves, what it adds to the model, and its judgements."""
