Feature: Twins
  Scenario: a twin
    Then it holds the 1. time of 2
  Scenario: a twin
    Then it holds the 1. time of 2

  Scenario Outline: a row
    Then it holds the <n>. time of 2
    Examples:
      | n |
      | 1 |
      | 1 |
