Feature: Known, expired
  Scenario: a failure known for too long
    Then one is two
