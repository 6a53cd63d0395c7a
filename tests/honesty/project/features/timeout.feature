Feature: Time-out
  Scenario: it takes too long
    When a step takes too long
