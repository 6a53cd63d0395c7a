@broker @CRIT-4 @GATE-STOP-4 @GATE-DEPLOY-5
Feature: 5. Security
  Only users and components with permission get in, and a thief of the stored data cannot read it.

  @TC-S-001 @blocker
  Scenario Outline: TC-S-001 The proxy lets no client in with <certificate>
    When user A tries to submit a message with <certificate>
    Then user A is refused
    But user A can submit messages

    Examples: no certificate, or one for something else
      | certificate               | because                          |
      | no certificate            | a stranger could come            |
      | a certificate for servers | a stolen one would open the door |

    @TC-S-003
    Examples: signed by another authority
      | certificate                          | because                     |
      | a certificate of a foreign authority | a stranger can set one up   |
      | a self-signed certificate            | no authority vouches for it |

    @TC-S-004
    Examples: out of its time
      | certificate                         | because               |
      | an expired certificate              | its time is over      |
      | a certificate that is not valid yet | its time has not come |

  @TC-S-001 @blocker
  Scenario: TC-S-001 A client cannot submit in the name of another
    Given user A and user B have accounts
    When user A tries to submit a message with user A's certificate in the name of user B
    Then user A is refused
    But user A can submit messages

  @TC-S-002 @TC-I-010 @CRIT-SEC-1 @blocker
  Scenario Outline: TC-S-002 The main server registers nothing for a client with <certificate>
    When user A tries to register a message at the main server with <certificate>
    Then user A is refused
    And no message of user A is known
    But the main server still lets proxies and workers in

    Examples:
      | certificate                          | because                        |
      | no certificate                       | a stranger could come          |
      | user A's certificate                 | clients have no business there |
      | an expired certificate               | its time is over               |
      | a certificate of a foreign authority | a stranger can set one up      |

  @TC-S-002 @TC-I-011 @CRIT-SEC-1 @blocker
  Scenario Outline: TC-S-002 The main server takes no report of a delivery from a client with <certificate>
    When user A tries to report their message as delivered with <certificate>
    Then user A is refused
    And the message of user A is recorded as queued once
    But the main server still lets proxies and workers in

    Examples:
      | certificate                         | because                            |
      | no certificate                      | a stranger could come              |
      | a certificate that is not valid yet | its time has not come              |
      | a self-signed certificate           | no authority vouches for it        |
      | a certificate for servers           | it is for servers, not for clients |

  @TC-S-003 @blocker
  Scenario: TC-S-003 A certificate of a foreign authority is rejected, whatever name it bears
    Given user A and user B have accounts
    When user A tries to submit a message with a certificate of a foreign authority in the name of user B
    Then user A is refused
    But user B can submit messages

  @TC-S-004 @blocker
  Scenario: TC-S-004 A certificate past its expiry is rejected
    When user A tries to submit a message with an expired certificate
    Then user A is refused
    But user A can submit messages

  @TC-S-005 @CRIT-SEC-5 @breaks_system @blocker
  Scenario: TC-S-005 A revoked certificate is still rejected after a restart
    Given user A and user B have accounts
    And the administrator has revoked the certificate of user A
    When the proxy is restarted
    Then user A can no longer submit messages
    But user B can submit messages

  @TC-S-005 @CRIT-SEC-5 @breaks_system @blocker
  Scenario: TC-S-005 A revoked certificate is still rejected after the main server is restarted
    Given user A and user B have accounts
    And the administrator has revoked the certificate of user A
    When the main server is restarted
    And every proxy has had time to look at the list of revoked certificates again
    Then user A can no longer submit messages
    But user B can submit messages

  @TC-S-005 @CRIT-SEC-5 @blocker
  Scenario: TC-S-005 A revoked certificate is rejected although its client has a new one
    Given the administrator has revoked the certificate of user A
    When the administrator generates a new certificate for user A
    And every proxy has had time to look at the list of revoked certificates again
    And user A tries to submit a message with the certificate that was revoked
    Then user A is refused
    But user A can submit messages

  @TC-S-006 @TC-S-007 @blocker
  Scenario Outline: TC-S-006 Messages are not shown for <token>
    Given user A is signed in
    When user A tries to read their messages with <token>
    Then user A is refused
    But user A can read their messages

    Examples:
      | token                        | because                            |
      | no token                     | a stranger could read them         |
      | a blank token                | blank is not the same as missing   |
      | a garbled token              | its signature does not fit         |
      | a meaningless token          | it is none at all                  |
      | a token signed by a stranger | another secret is not the server's |
      | an unsigned token            | a signature left out is none       |

  @TC-S-007 @blocker
  Scenario Outline: TC-S-007 An administrator cannot <privilege> with <token>
    Given the administrator is signed in
    When the administrator tries to <privilege> with <token>
    Then the administrator is refused
    But the administrator can <privilege>

    Examples:
      | privilege                      | token                        | because                            |
      | read the figures of the system | a token signed by a stranger | another secret is not the server's |
      | read the figures of the system | an unsigned token            | a signature left out is none       |
      | list all accounts              | a token signed by a stranger | another secret is not the server's |
      | list all accounts              | an unsigned token            | a signature left out is none       |
      | list all certificates          | a token signed by a stranger | another secret is not the server's |
      | list all certificates          | an unsigned token            | a signature left out is none       |

  @BROKER-X3 @blocker
  Scenario Outline: BROKER-X3 An administrator cannot <privilege> with a refresh token
    Given the administrator is signed in
    When the administrator tries to <privilege> with a refresh token
    Then the administrator is refused
    But the administrator can <privilege>

    Examples:
      | privilege                      | because                     |
      | read the figures of the system | they are for administrators |
      | list all accounts              | so are these                |
      | list all certificates          | and these                   |

  @BROKER-X3 @blocker
  Scenario: BROKER-X3 A refresh token opens no messages
    Given user A is signed in
    When user A tries to read their messages with a refresh token
    Then user A is refused
    But user A can read their messages

  @TC-S-009 @CRIT-SEC-2 @CRIT-SEC-6 @blocker
  Scenario: TC-S-009 Messages are encrypted in the database, and two with the same text do not look the same
    Given the message "Meet me at noon behind the old mill" of user A is registered
    When the message "Meet me at noon behind the old mill" of user A is registered
    Then the message of user A is stored encrypted, with a key of 256 bits
    And no two messages of user A are stored alike
    And neither the words nor the number of user A can be read in the database

  @TC-S-010 @critical
  Scenario: TC-S-010 Administrators read messages, their senders see that they are encrypted
    Given user A has submitted 2 messages
    When user A signs in
    Then user A sees that their messages are encrypted
    And the administrator reads the messages of user A as submitted

  @TC-S-010 @critical
  Scenario: TC-S-010 A user manager cannot read messages, and sees that they are encrypted
    Given user A is signed in as a user manager
    And user A has submitted 2 messages
    When user A reads their messages
    Then user A sees that their messages are encrypted
    And the administrator reads the messages of user A as submitted

  @TC-S-011 @CRIT-SEC-6 @blocker
  Scenario: TC-S-011 Senders are stored as hashes, and no number can be read
    When user A submits "Guess who I am"
    Then the sender of the message of user A is stored as a hash
    And neither the words nor the number of user A can be read in the database

  @BROKER-X9 @TC-S-011 @critical
  Scenario: BROKER-X9 Neither the text of a message nor its sender's number is written to a log
    Given user A and user B have accounts
    When user A submits "Guess what stands in the logs"
    And user B submits a message from the number "+4915112349876"
    Then every message that was accepted is delivered once
    And "Guess what stands in the logs" is not written to a log
    And "+4915112349876" is not written to a log

  @TC-S-012 @CRIT-SEC-3 @CRIT-SEC-6 @breaks_system @blocker
  Scenario: TC-S-012 Passwords are stored by bcrypt, and none can be read
    Given passwords are stored as in production
    When user A signs in
    Then the password of user A is stored by bcrypt, at 12 rounds
    And the password of user A cannot be read in the database
    And user A is signed in

  @TC-S-014 @blocker
  Scenario: TC-S-014 A user cannot see the messages of another client
    Given user A has submitted 2 messages
    And user B has submitted 3 messages
    When user A signs in
    Then user A sees their own messages, all of them and no others

  @TC-S-014 @blocker
  Scenario Outline: TC-S-014 A user who is signed in as <role> sees no messages
    Given user B is signed in as <role>
    And the message "Hello" of user A is registered
    When user B reads their messages
    Then user B sees 0 queued messages when asking for those
    But user A sees 1 queued message when asking for those

    Examples:
      | role                        | because                               |
      | a user of no client         | no message is theirs                  |
      | a user manager of no client | who manages users is no administrator |

  @TC-S-015 @critical
  Scenario: TC-S-015 Administrators see the messages of all clients
    Given user A has submitted 1 message
    When user B submits 2 messages
    Then the administrator reads the messages of user A and user B as submitted

  @TC-S-016 @CRIT-SEC-4 @blocker
  Scenario: TC-S-016 A user whose certificate has been revoked cannot generate another
    Given user A is signed in
    And the administrator has revoked the certificate of user A
    When user A tries to generate a certificate for user A
    Then user A is refused
    But the administrator can list all certificates

  @TC-S-016 @CRIT-SEC-4 @blocker
  Scenario: TC-S-016 A user cannot revoke a certificate, not even their own
    Given user A is signed in
    When user A tries to revoke a certificate for user A
    Then user A is refused
    But the administrator can revoke a certificate for user A

  @TC-S-017 @blocker
  Scenario Outline: TC-S-017 A user who is not signed in cannot <privilege>
    Given user A has an account
    When user A tries to <privilege>
    Then user A is refused
    But the administrator can <privilege>

    Examples:
      | privilege                      | because                     |
      | read the figures of the system | they are for administrators |
      | list all accounts              | so are these                |
      | list all certificates          | and these                   |

  @TC-S-017 @blocker
  Scenario: TC-S-017 A user who is not signed in reads no messages
    Given user A has submitted 1 message
    When user A tries to read their messages
    Then user A is refused
    But user A can sign in
    And user A can read their messages
