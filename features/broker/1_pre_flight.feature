@broker @CRIT-PRE-1 @CRIT-1 @GATE-STOP-1 @GATE-DEPLOY-1
Feature: 1. Pre-flight checks
  Everything that the system needs is there before it is used.

  @PRE-1 @normal
  Scenario: PRE-1 Every component runs on a Python that is recent enough
    When the operator checks the deployment
    Then every component runs on Python 3.8 or later

  @PRE-2 @critical
  Scenario: PRE-2 Every component finds the packages that it needs
    When the operator checks the deployment
    Then no component misses a package

  @PRE-3 @blocker @smoke
  Scenario: PRE-3 The database can be reached, and the main server says so
    When the operator checks the deployment
    Then the database can be reached and answers
    And the main server is well

  @PRE-4 @blocker @smoke
  Scenario: PRE-4 Redis can be reached, and the proxy says so
    When the operator checks the deployment
    Then Redis can be reached and answers
    And the proxy is well
    And the second proxy is well

  @PRE-5 @TC-I-014 @blocker
  Scenario: PRE-5 The database has a place for all that the system stores
    When the operator checks the deployment
    Then the database has a place for users, clients, messages, the audit log and the version of the schema

  @PRE-6 @blocker
  Scenario: PRE-6 All certificates are there and valid, those of clients too
    When the operator checks the deployment
    Then the certificates of the authority, the servers, the proxy and the workers are there and valid
    And user A can submit messages

  @PRE-7 @critical
  Scenario: PRE-7 All four kinds of components are there
    When the operator checks the deployment
    Then every component is there
