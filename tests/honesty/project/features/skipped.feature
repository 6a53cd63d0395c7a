Feature: Skipped
  Scenario: it passes
    Given a step that works
  @skipped
  Scenario: it is skipped
    Given a step that works
