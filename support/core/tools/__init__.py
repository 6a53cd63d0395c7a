"""Programs that the suite brings along where a machine lacks them: Node.js and a browser."""
