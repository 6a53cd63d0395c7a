Feature: Lost verdicts
  Scenario: it fails
    Then one is two
  Scenario: the disk is full
    When the disk loses what was written
  Scenario: it passes
    Given a step that works
