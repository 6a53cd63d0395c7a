@broker @CRIT-6 @CRIT-LOAD-2 @GATE-STOP-6 @GATE-STOP-7 @GATE-DEPLOY-6
Feature: 4. Load
  The system handles 100,000 messages a day and bursts far above that, answers in time, and loses nothing. Rates are those
  of the document; how long each lasted stands in the record of the scenario.

  @TC-L-001 @CRIT-LOAD-4 @CRIT-LOAD-5 @MON-5 @load @critical
  Scenario: TC-L-001 One message a second for an hour is handled with ease
    Given user A and user B have accounts
    When user A and user B submit 1 message a second for 1 hour
    Then at least 95 % of the messages are accepted
    And the answers come within 1 second on average
    And 95 % of the messages are answered within 3 seconds
    And 99 % of the messages are answered within 5 seconds
    And no message is lost or delivered twice

  @TC-L-002 @CRIT-LOAD-3 @CRIT-LOAD-5 @load @critical
  Scenario: TC-L-002 Ten messages a second for ten minutes leave the queue stable
    Given user A and user B have accounts
    When user A and user B submit 10 messages a second for 10 minutes
    Then at least 95 % of the messages are accepted
    And the queue never holds more than 20 messages and drains
    And no message is lost or delivered twice

  @TC-L-003 @TC-L-005 @CRIT-LOAD-4 @CRIT-LOAD-6 @load @critical
  Scenario: TC-L-003 A burst of a hundred messages a second is handled, and the system recovers
    Given user A and user B have accounts
    When user A and user B submit 100 messages a second for 1 minute
    Then at least 90 % of the messages are accepted
    And no message is lost or delivered twice
    And user A can submit messages

  @TC-L-004 @CRIT-LOAD-1 @load @critical
  Scenario: TC-L-004 A hundred thousand messages a day do not slow the system down, and none is lost
    Given user A and user B have accounts
    When user A and user B submit 100000 messages in 24 hours, evenly
    Then at least 95 % of the messages are accepted
    And the last messages are answered as fast as the first
    And no message is lost or delivered twice

  @TC-L-001 @TC-L-002 @load @soak @normal
  Scenario: TC-L-001 One message a second for an hour is handled with ease, in real time
    Given user A and user B have accounts
    When user A and user B submit 1 message a second for 1 hour
    Then at least 95 % of the messages are accepted
    And 99 % of the messages are answered within 5 seconds
    And no message is lost or delivered twice

  @TC-L-004 @CRIT-LOAD-1 @load @soak @normal
  Scenario: TC-L-004 All hundred thousand messages of a day do not slow the system down, and none is lost
    Given user A and user B have accounts
    When user A and user B submit 100000 messages in 24 hours, evenly
    Then at least 95 % of the messages are accepted
    And the last messages are answered as fast as the first
    And no message is lost or delivered twice

  @TC-L-005 @CRIT-LOAD-3 @MON-2 @load @breaks_system @critical
  Scenario: TC-L-005 A queue that has grown drains again, without loss
    Given user A and user B have accounts
    And every worker is killed
    When user A and user B submit 100 messages at the same time
    Then 100 messages wait in the queue
    When every worker is back
    Then each of the 100 messages is delivered once

  @TC-L-006 @TC-L-009 @load @critical
  Scenario: TC-L-006 Three workers share the queue under load, and do nothing twice
    Given user A and user B have accounts
    And the operator has looked at the figures of all components
    When user A and user B submit 60 messages at the same time
    Then each of the 60 messages is delivered once
    And the workers count 60 more messages together
    And every worker has taken part

  @TC-L-007 @TC-L-011 @load @normal
  Scenario: TC-L-007 The database answers in time under load, and has connections to spare
    Given user A and user B have accounts
    When user A and user B submit 100 messages a second by both proxies for 1 minute
    Then the database answers within 2 seconds, with connections to spare
    And no message is lost or delivered twice

  @TC-L-008 @load @critical
  Scenario: TC-L-008 Two proxies share the load
    Given user A and user B have accounts
    And the operator has looked at the figures of all components
    When user A and user B submit 40 messages at the same time by both proxies
    Then each of the 40 messages is delivered once
    And the proxy counts 20 more messages
    And the second proxy counts 20 more messages

  @TC-L-008 @load @breaks_system @critical
  Scenario: TC-L-008 One proxy does the work when the other is gone
    Given the proxy is killed
    When user A submits "Your parcel is here" by the second proxy
    Then the message of user A is delivered
    And user A gets a receipt in their own name

  @TC-L-010 @load @normal
  Scenario: TC-L-010 A dozen users read their pages at the same time, and the portal stays usable
    Given user A is signed in at the portal
    When 12 users read at the portal for 1 minute, each pausing 1 second, while user A looks around
    Then fewer than 1 % of all attempts fail
    And 100 % of the answers come within 5 seconds
    And user A can open the messages at the portal
