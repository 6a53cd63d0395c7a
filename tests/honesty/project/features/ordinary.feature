@chat @STP-1.1
Feature: Ordinary

  @smoke
  Scenario: it passes
    Given a step that works

  Scenario: it passes as well
    Given a step that works
