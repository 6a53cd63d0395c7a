@broker @CRIT-SMOKE-1 @CRIT-5 @GATE-STOP-5 @GATE-DEPLOY-7
Feature: 6. Smoke
  After a deployment these show within seconds whether everything runs.

  @SMOKE-1 @blocker @smoke
  Scenario: SMOKE-1 All services run
    When the operator checks the deployment
    Then every component is there

  @SMOKE-2 @SMOKE-3 @blocker @smoke
  Scenario: SMOKE-2 The database and the queue answer
    When the operator checks the deployment
    Then the database can be reached and answers
    And Redis can be reached and answers

  @MON-1 @blocker @smoke
  Scenario Outline: MON-1 The <component> is well
    When the operator asks every component how it is
    Then the <component> is well

    @SMOKE-4
    Examples: the main server
      | component   | because                       |
      | main server | everything is on record there |

    @SMOKE-5
    Examples: the proxies
      | component    | because                |
      | proxy        | clients come to it     |
      | second proxy | so they do to this one |

    @SMOKE-6
    Examples: the portal
      | component | because                            |
      | portal    | users and administrators come here |

  @SMOKE-7 @MON-3 @normal @smoke
  Scenario: SMOKE-7 The figures of the workers can be read, and grow as they work
    Given the operator has looked at the figures of all components
    When user A submits 2 messages
    Then the workers count 2 more messages together

  @SMOKE-8 @critical
  Scenario: SMOKE-8 All certificates are there and valid
    When the operator checks the deployment
    Then the certificates of the authority, the servers, the proxy and the workers are there and valid
    And user A can submit messages

  @SMOKE-9 @MON-4 @normal
  Scenario: SMOKE-9 Every component can write its log
    When the operator checks the deployment
    Then every component that keeps a log has written to it
    And no component has reported a serious error
