@broker @CRIT-3 @CRIT-INT-2 @CRIT-INT-3 @GATE-STOP-3 @GATE-DEPLOY-4
Feature: 3. Integration
  All components together: a message goes the whole way, no intruder gets in, and nothing is lost.

  @TC-I-001 @CRIT-INT-1 @REG-4 @blocker @smoke
  Scenario: TC-I-001 A message goes the whole way, from the client to delivery
    Given the operator has looked at the figures of all components
    When user A submits "Your parcel is here"
    Then the message of user A is recorded as delivered once
    And the proxy counts 1 more message
    And the workers count 1 more message together

  @TC-I-002 @breaks_system @critical
  Scenario: TC-I-002 Deliveries that fail are tried again until they succeed, and none is lost
    Given user A has an account
    And every worker is cut off
    When user A submits 10 messages at the same time
    And the first attempt to deliver has failed
    And every worker is back
    Then each of the 10 messages is delivered once

  @TC-I-003 @blocker
  Scenario: TC-I-003 Many messages at the same time are all processed, and none is lost
    Given user A, user B and user C have accounts
    When user A, user B and user C submit 24 messages at the same time
    Then each of the 24 messages is delivered once
    And the administrator reads the messages of user A, user B and user C as submitted

  @TC-I-004 @CRIT-INT-4 @breaks_system @critical
  Scenario: TC-I-004 The record says of a message that it is queued, until it is delivered
    Given every worker is killed
    When user A submits "Your parcel is here"
    Then the message of user A is recorded as queued once
    And 1 message waits in the queue
    When every worker is back
    Then every message that was accepted is delivered once

  @TC-I-004 @TC-I-013 @breaks_system @critical
  Scenario: TC-I-004 A recorded message survives the loss of the database
    Given every worker hangs
    And user A has submitted 3 messages
    When the database is lost and comes back
    And every worker is back
    Then each of the 3 messages is delivered once
    And user A sees their own messages, all of them and no others

  @TC-I-005 @CRIT-INT-4 @critical
  Scenario: TC-I-005 The status of a message is shown to its sender too
    Given the message "First" of user A is registered
    And the message of user A is reported as failed
    When user A submits "Second"
    And user A signs in
    Then user A sees 1 failed message when asking for those
    And user A sees 1 delivered message when asking for those

  @TC-I-006 @TC-S-005 @journey @blocker
  Scenario: TC-I-006 A certificate is generated, used, revoked, and rejected from then on
    Given user A and user B have accounts
    When user A submits "Your parcel is here"
    Then the message of user A is delivered
    When the administrator revokes the certificate of user A
    Then user A can no longer submit messages
    But user B can submit messages

  @TC-I-007 @critical
  Scenario: TC-I-007 A user for whom an administrator creates an account can use the system
    When the administrator creates an account for user A
    And user A submits "Your parcel is here"
    And user A signs in
    Then user A is signed in
    And user A sees their own messages, all of them and no others

  @TC-I-008 @TC-S-008 @journey @breaks_system @critical
  Scenario: TC-I-008 A token is valid, expires, and is replaced by a refresh
    Given the system is set to short sessions
    And user A is signed in
    When user A reads their messages
    Then user A is not turned away
    When the session of user A has run out
    Then user A can no longer read their messages
    But user A can read their messages after refreshing the session

  @TC-I-009 @journey @critical
  Scenario: TC-I-009 A session is kept over several requests, and ends with signing out
    Given user A and user B are signed in at the portal
    When user A opens the profile at the portal
    Then user A is shown the profile of the portal
    When user A signs out of the portal
    Then the portal opens nothing to user A
    But user B can open the messages at the portal

  @TC-I-010 @TC-I-014 @breaks_system @critical
  Scenario: TC-I-010 The proxy registers what it accepts, by a certificate of its own
    Given every worker hangs
    When user A submits "Your parcel is here" by the second proxy
    Then the message of user A is recorded as queued once
    And the administrator reads the message of user A as submitted

  @TC-I-011 @TC-S-002 @critical
  Scenario: TC-I-011 Only workers deliver to the main server
    Given user A and user B have accounts
    When user A tries to report their message as delivered with user A's certificate
    Then user A is refused
    And the message of user A is recorded as queued once
    But user B can submit messages

  @TC-I-012 @critical
  Scenario: TC-I-012 The main server answers by the role of the user who asks
    Given user A has submitted 2 messages
    And user A is signed in
    When user A tries to list all accounts
    Then user A is refused
    But user A sees their own messages, all of them and no others
    And the administrator reads the messages of user A as submitted

  @TC-I-013 @breaks_system @critical
  Scenario: TC-I-013 Proxies, workers and main server work on the same queue
    Given every worker is killed
    When user A and user B submit 10 messages at the same time by both proxies
    Then 10 messages wait in the queue
    When every worker is back
    Then each of the 10 messages is delivered once

  @TC-I-014 @critical
  Scenario: TC-I-014 The records of all components in the database agree
    Given user A has an account
    And the administrator has looked at the figures of the system
    When user A submits 2 messages
    Then the figures of the system show 2 more messages, all delivered
    And each of the 2 messages is delivered once
    And the administrator reads the messages of user A as submitted
