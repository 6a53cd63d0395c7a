Feature: Waiting
  Scenario: it waits
    When a step waits for ever
  Scenario: it never gets its turn
    Given a step that works
