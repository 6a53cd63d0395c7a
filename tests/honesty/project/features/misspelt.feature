Feature: Misspelt
  Scenario: a keyword is misspelt
    Given a step that works
    Thne one is one
