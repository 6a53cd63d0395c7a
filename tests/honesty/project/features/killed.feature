Feature: Killed
  Scenario: it passes
    Given a step that works
  Scenario: it kills its process
    When the process is killed
  Scenario: it never gets its turn
    Given a step that works
