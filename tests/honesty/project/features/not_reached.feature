Feature: Ordinary

  Scenario: it passes
    Given a step that works

  Scenario: it cannot begin
    Given a step that fails
    Then one is one
