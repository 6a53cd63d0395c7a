"""What is under test and how it is reached: profiles, limits, accounts, and the requirements of the documents."""
