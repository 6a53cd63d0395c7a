Feature: Outline
  Scenario Outline: numbers
    Then one is <number>
    Examples:
      | number |
      | one    |
      | two    |
