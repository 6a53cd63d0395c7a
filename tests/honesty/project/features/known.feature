Feature: Known
  Scenario: a known failure
    Then one is two
