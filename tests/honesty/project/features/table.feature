Feature: Table
  Rule: with data
    Scenario: it has a table and a text
      Given a step that works
        | who | what |
        | Ann | tea  |
      Then one is two
        """
        said with many words
        """
