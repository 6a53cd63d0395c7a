@broker
Feature: 2.2 Main server
  The main server keeps the record of all messages, and decides who may see and do what.

  @TC-M-001 @blocker @smoke
  Scenario: TC-M-001 A message that a proxy registers is recorded as queued, once
    When the message "Your parcel is here" of user A is registered
    Then the message of user A is recorded as queued once
    And user A sees their own messages, all of them and no others

  @TC-M-002 @blocker
  Scenario: TC-M-002 A message that a worker reports as delivered is recorded so, with the time
    Given the message "Your parcel is here" of user A is registered
    When the message of user A is reported as delivered
    Then user A is not turned away
    And the message of user A is recorded as delivered once

  @BROKER-X1 @critical
  Scenario: BROKER-X1 A delivery that is reported twice is recorded once
    Given the message "Your parcel is here" of user A is registered
    When the message of user A is reported as delivered
    And the message of user A is reported as delivered
    Then the message of user A is recorded as delivered once

  @BROKER-X1 @critical
  Scenario: BROKER-X1 A delivery that two workers report at the same moment is recorded once
    Given the message "Your parcel is here" of user A is registered
    When the message of user A is reported as delivered twice at the same moment
    Then the message of user A is recorded as delivered once

  @BROKER-X6 @critical
  Scenario: BROKER-X6 A message that is registered twice is recorded once
    Given the message "Your parcel is here" of user A is registered
    When the message of user A is registered again
    Then the message of user A is recorded as queued once
    And user A sees their own messages, all of them and no others

  @BROKER-X6 @critical
  Scenario: BROKER-X6 A message that is registered again stays delivered
    Given the message "Your parcel is here" of user A is registered
    And the message of user A is reported as delivered
    When the message of user A is registered again
    Then the message of user A is recorded as delivered once

  @TC-M-002 @normal
  Scenario: TC-M-002 A message that is not registered cannot be delivered
    Given the message "Your parcel is here" of user A is registered
    When a message that is not registered is reported as delivered by user A
    Then user A is refused
    And the message of user A is recorded as queued once

  @TC-M-003 @critical
  Scenario: TC-M-003 The status of a message is updated, with the attempts made
    Given the message "Your parcel is here" of user A is registered
    When the message of user A is reported as failed after 3 attempts
    Then the message of user A has failed after 3 attempts

  @BROKER-X2 @critical
  Scenario Outline: BROKER-X2 A message that is <first> does not become <then> any more
    Given the message "Your parcel is here" of user A is registered
    And the message of user A is reported as <first>
    When the message of user A is reported as <then>
    Then user A is refused
    And the message of user A is recorded as <first> once

    Examples:
      | first     | then      | because                            |
      | delivered | queued    | it would be delivered again        |
      | delivered | failed    | it has arrived                     |
      | failed    | delivered | the sender has been told otherwise |

  @BROKER-X2 @normal
  Scenario: BROKER-X2 A failure that is reported twice is recorded once
    Given the message "Your parcel is here" of user A is registered
    And the message of user A is reported as failed
    When the message of user A is reported as failed
    Then user A is not turned away
    And the message of user A is recorded as failed once

  @TC-M-004 @blocker @smoke
  Scenario: TC-M-004 Signing in gives a user a token in their own name
    Given user A has an account
    When user A signs in
    Then user A is signed in
    And user A is told how long the token lasts
    And user A can read their messages

  @TC-M-004 @critical
  Scenario: TC-M-004 A user may write their name in capitals
    Given user A and user B have accounts
    When user A signs in by their name in capitals
    Then user A is signed in
    And user A can read their messages

  @TC-M-004 @TC-S-006 @TC-I-012 @blocker
  Scenario: TC-M-004 Signing in gives an administrator a token, and it opens what is for administrators
    When the administrator signs in
    Then the administrator is signed in
    And the administrator can read the figures of the system

  @TC-M-004 @blocker
  Scenario Outline: TC-M-004 A user cannot sign in with <password>
    Given user A and user B have accounts
    When user A tries to sign in with <password>
    Then user A is refused
    But user A can sign in

    Examples:
      | password                       | because                          |
      | a wrong password               | it is not the password           |
      | a blank password               | blank is not the same as missing |
      | the right password in capitals | capitals make a difference       |
      | user B's password              | it opens another account         |

  @BROKER-X8 @normal
  Scenario: BROKER-X8 A failed attempt to sign in is recorded in the audit log
    Given user A has an account
    When user A tries to sign in with a wrong password
    Then user A is refused
    And the audit log has 1 failed attempt to sign in as user A

  @BROKER-X9 @critical
  Scenario: BROKER-X9 No password or token is written to a log
    Given user A has an account
    When user A tries to sign in with a wrong password
    And user A signs in
    Then user A sees their own profile
    And no secret of user A is written to a log

  @TC-M-005 @critical
  Scenario: TC-M-005 A session is refreshed
    Given user A is signed in
    When user A refreshes the session
    Then user A is signed in
    And user A is told how long the token lasts
    And user A can read their messages

  @TC-M-005 @TC-S-007 @critical
  Scenario Outline: TC-M-005 A session is not refreshed with <token>
    Given user A and user B are signed in
    When user A tries to refresh the session with <token>
    Then user A is refused
    But user A can read their messages

    Examples:
      | token                        | because                                |
      | no token                     | there is nothing to refresh            |
      | a garbled token              | it cannot be what the server gave      |
      | a token signed by a stranger | a stranger could make one              |
      | an unsigned token            | and one without a signature as well    |
      | user B's token               | it is for messages, not for refreshing |

  @TC-M-006 @TC-S-014 @blocker
  Scenario: TC-M-006 Users get their own messages, page by page, and no others
    Given user A has submitted 4 messages
    And user B has submitted 2 messages
    When user A signs in
    And user B signs in
    Then user A sees their own messages, all of them and no others
    And user B sees their own messages, all of them and no others

  @TC-M-006 @normal
  Scenario: TC-M-006 Users can ask for their messages of one status
    Given the message "First" of user A is registered
    And the message of user A is reported as delivered
    And the message "Second" of user A is registered
    When user A signs in
    Then user A sees 1 queued message when asking for those
    And user A sees 1 delivered message when asking for those
    And user A sees 0 failed messages when asking for those

  @TC-M-007 @normal
  Scenario: TC-M-007 Users get their own profile
    When user A signs in
    And user B signs in
    Then user A sees their own profile
    And user B sees their own profile

  @BROKER-X10 @critical
  Scenario: BROKER-X10 No answer shows a password, however it is stored
    When user A signs in
    Then user A sees their own profile
    And the administrator can list all accounts
    And no answer has shown user A a password
    And no answer has shown the administrator a password

  @TC-M-008 @critical
  Scenario: TC-M-008 An administrator creates an account, and it works
    Given the administrator is signed in
    When the administrator tries to create an account for user B
    Then the administrator is not turned away
    And user B can sign in
    And user B sees their own profile

  @TC-M-009 @TC-I-006 @critical
  Scenario: TC-M-009 A certificate that an administrator generates works
    Given the administrator has revoked the certificate of user A
    When the administrator generates a new certificate for user A
    Then user A can submit messages
    And the certificate of user A is listed as active

  @TC-M-010 @journey @normal
  Scenario: TC-M-010 A certificate that is revoked right after another no longer works either
    Given user A, user B and user C have accounts
    When the administrator revokes the certificate of user A
    Then user A can no longer submit messages
    When the administrator revokes the certificate of user B
    Then user B can no longer submit messages
    But user C can submit messages

  @TC-M-010 @blocker
  Scenario: TC-M-010 A certificate that an administrator revokes is listed as revoked, and no longer works
    Given user A and user B have accounts
    When the administrator revokes the certificate of user A
    Then the certificate of user A is listed as revoked
    And user A can no longer submit messages
    But the certificate of user B is listed as active
    And user B can submit messages

  @TC-M-010 @critical
  Scenario: TC-M-010 A certificate that an administrator revokes a second time stays revoked
    Given user A has an account
    And the administrator is signed in
    And the administrator has revoked the certificate of user A
    When the administrator tries to revoke a certificate for user A
    Then the certificate of user A is listed as revoked
    And user A can no longer submit messages

  @TC-M-010 @TC-S-005 @critical
  Scenario: TC-M-010 A revoked certificate stays revoked when another one is revoked
    Given user A, user B and user C have accounts
    And the administrator has revoked the certificate of user A
    When the administrator revokes the certificate of user B
    Then user B can no longer submit messages
    And user A can no longer submit messages
    But user C can submit messages

  @TC-M-010 @TC-I-006 @critical
  Scenario: TC-M-010 A certificate that has replaced a revoked one can be revoked in its turn
    Given the administrator has revoked the certificate of user A
    And the administrator has generated a new certificate for user A
    When the administrator revokes the certificate of user A
    Then user A can no longer submit messages
    And the certificate of user A is listed as revoked
    But user B can submit messages

  @BROKER-X13 @TC-M-010 @breaks_system @normal
  Scenario: BROKER-X13 A revocation that does not come through changes nothing
    Given user A has an account
    And the system is set to a list of revoked certificates that cannot be written
    And the administrator is signed in
    When the administrator tries to revoke a certificate for user A
    Then the administrator is turned away
    But the certificate of user A is listed as active
    And user A can submit messages

  @TC-M-011 @normal
  Scenario: TC-M-011 The figures of the system count new messages, and what has become of them
    Given the administrator has looked at the figures of the system
    When user A submits 2 messages
    Then the figures of the system show 2 more messages, all delivered

  @TC-M-011 @normal
  Scenario: TC-M-011 The figures of the system count a new client
    Given the administrator has looked at the figures of the system
    When user A submits "I am new here"
    Then the figures of the system show 1 more active client

  @TC-M-012 @SMOKE-4 @critical
  Scenario: TC-M-012 The main server says that it is well when it is
    When the operator asks every component how it is
    Then the main server is well

  @TC-M-012 @breaks_system @critical
  Scenario Outline: TC-M-012 The main server says that it is not well when its database <goes>
    When the database <goes>
    Then the main server says that the database is not well
    When the database is back
    Then the main server is well

    Examples:
      | goes      | because                          |
      | is killed | it is gone without a word        |
      | hangs     | it is there, but does not answer |

  @TC-M-013 @blocker
  Scenario: TC-M-013 A message is encrypted with AES-256, and those who may can still read it
    When user A submits "Your parcel is at the neighbour's"
    Then the message of user A is stored encrypted, with a key of 256 bits
    And the administrator reads the message of user A as submitted

  @TC-M-014 @critical
  Scenario: TC-M-014 A phone number is stored as its salted hash
    When user A submits "Guess who I am"
    Then the sender of the message of user A is stored as a hash

  @TC-M-015 @TC-M-008 @TC-S-016 @blocker
  Scenario Outline: TC-M-015 Only administrators may <privilege>
    Given user A is signed in
    When user A tries to <privilege> for user B
    Then user A is refused
    But the administrator can <privilege> for user C

    Examples:
      | privilege            | because                  |
      | create an account    | accounts open doors      |
      | revoke a certificate | it would shut others out |
      | set a password       | it would open accounts   |
      | lock an account      | it would shut others out |
      | change a role        | it would open doors      |

  @TC-M-015 @TC-S-016 @blocker
  Scenario Outline: TC-M-015 A user manager may not <privilege> of an administrator
    Given user A is signed in as a user manager
    And user B is signed in as an administrator
    When user A tries to <privilege> for user B
    Then user A is refused
    And user B can sign in
    But the administrator can <privilege> for user B

    Examples:
      | privilege       | because                                     |
      | set a password  | they could sign in as an administrator then |
      | lock an account | no user would be left to stop them          |
      | change a role   | the last administrator could be lost        |

  @BROKER-X12 @normal
  Scenario: BROKER-X12 Invalid requests of an administrator are refused
    Given user A is signed in as an administrator
    When user A makes these mistakes, one after the other
      | mistake                                             |
      | a certificate for a client that has one             |
      | the revocation of a certificate that does not exist |
      | an account with an address that is taken            |
      | an account with an address that is too long         |
      | an account with a password that is too long         |
      | an account of a client that does not exist          |
      | an account in an unknown role                       |
      | an account in a request that is cut off             |
      | a role for an account that does not exist           |
      | a password for an account that does not exist       |
      | a lock on their own account                         |
    Then each mistake of user A is refused, and the server fails at none
    But user A can sign in

  @BROKER-X7 @critical
  Scenario: BROKER-X7 A user whose account is locked can neither sign in nor go on
    Given user A and user B are signed in
    And the administrator is signed in
    When the administrator tries to lock an account for user A
    And user A tries to sign in
    Then user A is refused
    And user A can no longer read their messages
    But user B can read their messages

  @BROKER-X7 @TC-M-005 @critical
  Scenario: BROKER-X7 A user whose account is locked cannot refresh the session, nor use it afterwards
    Given user A and user B are signed in
    And the administrator is signed in
    When the administrator tries to lock an account for user A
    And user A refreshes the session
    Then user A is refused
    And user A can no longer read their messages
    But user B can read their messages

  @BROKER-X7 @critical
  Scenario: BROKER-X7 A user who loses the role of an administrator loses its rights at once
    Given user A is signed in as an administrator
    And the administrator is signed in
    When the administrator tries to change a role for user A
    And user A tries to read the figures of the system
    Then user A is refused
    But the administrator can read the figures of the system

  @TC-M-015 @TC-M-011 @TC-S-016 @blocker
  Scenario Outline: TC-M-015 Only administrators may <privilege> of others
    Given user A is signed in
    When user A tries to <privilege>
    Then user A is refused
    But the administrator can <privilege>

    Examples:
      | privilege                      | because                          |
      | read the figures of the system | they tell how much others submit |
      | list all accounts              | they tell who there is           |
      | list all certificates          | they tell whom to imitate        |
