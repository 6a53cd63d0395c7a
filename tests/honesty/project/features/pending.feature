Feature: Pending
  Scenario: it has a pending step
    When a step is still to be written
  @wip
  Scenario: it is in progress
    When a step is still to be written
