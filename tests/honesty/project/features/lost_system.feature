Feature: A lost system
  Scenario: the system goes
    When the system dies
    Then one is one
  Scenario: it passes
    Given a step that works
