Feature: Known, fixed
  Scenario: a known failure
    Then one is one
