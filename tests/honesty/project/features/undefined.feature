Feature: Undefined
  Scenario: it has an undefined step
    When nobody has written this
    Then one is one
