"""What the five documents demand, one TOML file for each system."""
