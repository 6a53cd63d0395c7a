Feature: Ordinary

  Scenario: it passes
    Given a step that works

  Scenario: it needs what is not there
    Given a step that works
    When something is done that the product lacks
    Then one is one
