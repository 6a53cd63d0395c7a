Feature: Outline
  Scenario Outline: one is <number>
    Then one is <number>
    Examples:
      | number |
      | one    |
      | two    |
