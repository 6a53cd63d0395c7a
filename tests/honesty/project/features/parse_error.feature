Feature: Parse error
  Scenario: its table is crooked
    Given a step that works
      | a | b |
      | 1 |
