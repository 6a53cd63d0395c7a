@chat
Feature: 1. Authorization
  Users have to show who they are before they talk or listen, and what shows it ends with the session.

  @STP-1.1 @blocker @smoke
  Scenario: 1.1 The right password signs a user in
    Given user A has an account
    When user A signs in
    Then user A is signed in
    And user A can read the contact list

  @STP-1.2 @critical @smoke
  Scenario: 1.2 A token opens nothing once its user has signed out
    Given user A and user B are online
    When user A signs out
    Then user A can no longer read the contact list
    And user A can no longer send messages to user B
    But user B can read the contact list

  @STP-1.3 @critical
  Scenario Outline: 1.3 <password> does not sign a user in
    Given user A and user B have accounts
    When user A tries to sign in with <password>
    Then user A is refused
    But user A can sign in

    Examples:
      | password                          | because                                      |
      | a wrong password                  | it is no user's password                     |
      | user B's password                 | it is right, but for another user            |
      | a blank password                  | leaving it out must not get around the check |
      | the right password in capitals    | a password is compared letter by letter      |
      | the right password between blanks | blanks are part of a password too            |

  @STP-1.3 @normal
  Scenario: 1.3 A long password counts to its last letter
    Given user A has a password of 100 characters
    When user A tries to sign in with the right password but for its last letter
    Then user A is refused
    But user A can sign in

  @STP-X22 @STP-1.1 @normal
  Scenario: X22 A user who tried to sign in before they had an account can sign in once they have one
    Given the newcomer has tried to sign in before registering
    When the newcomer registers
    Then the newcomer can sign in

  @STP-X10 @normal
  Scenario Outline: X10 A user who writes their name <spelling> is signed in as themselves, or not at all
    Given user A has an account
    When user A signs in by their name <spelling>
    Then user A is signed in as themselves, or not at all
    But user A can sign in

    Examples:
      | spelling       | because                                       |
      | in capitals    | capitals and small letters name the same user |
      | between blanks | blanks around a name do not name another user |

  @STP-1.4 @critical
  Scenario: 1.4 A token opens nothing once its time is up
    Given user A is online in a session that ends soon
    And user B is online
    When the session of user A has run out
    Then user A can no longer read the contact list
    And user A can no longer send messages to user B
    But user B can read the contact list

  @STP-1.4 @critical
  Scenario: 1.4 A token opens nothing once the server has withdrawn it
    Given user A and user B are online
    When the administrator ends the session of user A
    Then user A can no longer read the contact list
    And user A can no longer send messages to user B
    But user B can read the contact list

  @STP-1.4 @STP-X7 @critical
  Scenario: 1.4 Every connection of a user ends when the server withdraws the token
    Given user A and user B are online on 2 connections each
    When the administrator ends the session of user A
    Then user A is disconnected
    But user B can read the contact list

  @STP-1.4 @critical
  Scenario: 1.4 A token that the server has withdrawn opens nothing, even if its user has not come online
    Given user A is signed in
    And user B is online
    When the administrator tries to withdraw the session of user A
    Then user A can no longer read the contact list
    But user B can read the contact list

  @STP-1.5 @critical
  Scenario Outline: 1.5 A message sent with <token> is declined
    Given user A and user B are online
    When user A tries to send "Can you hear me?" to user B with <token>
    Then user A is refused
    And user B receives nothing else
    But user A can send messages to user B

    Examples:
      | token                        | because                                          |
      | a garbled token              | its signature no longer fits                     |
      | a meaningless token          | it is not a token at all                         |
      | a blank token                | blank is not the same as missing                 |
      | no token                     | missing must not mean trusted                    |
      | a token signed by a stranger | a stranger can write the same claims             |
      | an unsigned token            | a token may not choose to go without a signature |
      | user B's token               | it is good, but for another user                 |

  @STP-1.5 @critical
  Scenario: 1.5 A user cannot speak in another user's name
    Given user A, user B and user C are online
    When user C tries to send "Trust me" to user A in the name of user B
    Then user A receives nothing else
    But user B can send messages to user A

  @STP-X1 @normal
  Scenario: X1 A user who speaks in another user's name is told that it was declined, and the other user is told nothing
    Given user A, user B and user C are online
    When user C tries to send "Trust me" to user A in the name of user B
    Then user C is refused
    And user A and user B are told of no refusal

  @STP-1.6 @critical
  Scenario Outline: 1.6 A user cannot connect with <token>
    Given user A and user B are signed in
    When user A tries to connect with <token>
    Then user A is refused
    But user A can connect

    Examples:
      | token                        | because                                          |
      | a garbled token              | its signature no longer fits                     |
      | a meaningless token          | it is not a token at all                         |
      | a blank token                | blank is not the same as missing                 |
      | no token                     | missing must not mean trusted                    |
      | a token signed by a stranger | a stranger can write the same claims             |
      | an unsigned token            | a token may not choose to go without a signature |
      | user B's token               | it is good, but for another user                 |

  @STP-1.6 @critical
  Scenario: 1.6 A user cannot connect with the token of a session that has been ended
    Given user A and user B are online
    When user A signs out
    Then user A can no longer connect
    But user B can connect

  @STP-1.6 @critical
  Scenario: 1.6 A user cannot connect with an expired token
    Given user A is online in a session that ends soon
    And user B is online
    When the session of user A has run out
    Then user A can no longer connect
    But user B can connect

  @STP-1.6 @critical
  Scenario: 1.6 A user cannot connect with a token that the server has withdrawn
    Given user A and user B are online
    When the administrator ends the session of user A
    Then user A can no longer connect
    But user B can connect

  @STP-1.7 @critical
  Scenario Outline: 1.7 The contact list is not given out for <token>
    Given user A and user B are signed in
    When user A tries to read the contact list with <token>
    Then user A is refused
    But user A can read the contact list

    Examples:
      | token                        | because                                          |
      | a garbled token              | its signature no longer fits                     |
      | a meaningless token          | it is not a token at all                         |
      | a blank token                | blank is not the same as missing                 |
      | no token                     | missing must not mean trusted                    |
      | a token signed by a stranger | a stranger can write the same claims             |
      | an unsigned token            | a token may not choose to go without a signature |
      | user B's token               | it is good, but for another user                 |

  @STP-1.7 @critical
  Scenario: 1.7 A token does not open another user's contact list
    Given user A and user B are signed in
    When user A tries to read the contact list of user B
    Then user A is refused
    But user B can read the contact list

  @STP-X4 @critical
  Scenario Outline: X4 After a new sign-in, the token of the session before no longer opens <door>
    Given user A and user B are online
    When user A signs in
    And user A tries to <try> with the token of the session before
    Then user A is refused
    And user B receives nothing else
    But user A can connect

    Examples:
      | door             | try                   | because                       |
      | the contact list | read the contact list | a lost device must not read   |
      | a connection     | connect               | a lost device must not listen |

  @STP-X4 @critical
  Scenario: X4 After a new sign-in, the token of the session before no longer sends messages
    Given user A and user B are online
    When user A signs in
    And user A tries to send "Is this still me?" to user B with the token of the session before
    Then user A is refused
    And user B receives nothing else
    But user A can send messages to user B

  @STP-1.2 @critical
  Scenario: 1.2 Signing out ends the session on every connection
    Given user A and user B are online on 2 connections each
    When user A signs out
    Then user A hears user B on no connection
    But user B can read the contact list

  @STP-X16 @critical
  Scenario: X16 A connection that has been signed out hears nothing of its user's next session
    Given user A and user B are online on 2 connections each
    When user A signs out
    And user A comes online again on a new connection, with a former one still open
    Then user A hears user B on the new connection, and not on the former one

  @STP-X5 @critical
  Scenario Outline: X5 A user cannot end another's session as the administrator with <password>
    Given user A and user B are online
    When user B tries to end the session of user A as the administrator, with <password>
    Then user B is refused
    But user A can read the contact list

    Examples:
      | password                       | because                                      |
      | a wrong password               | it is no user's password                     |
      | a blank password               | leaving it out must not get around the check |
      | the right password in capitals | a password is compared letter by letter      |

  @STP-X5 @critical
  Scenario: X5 A user cannot end another's session in their own name
    Given user A and user B are online
    When user B tries to end the session of user A
    Then user B is refused
    But user A can read the contact list

  @STP-X12 @critical
  Scenario: X12 A user cannot read the administrator's list of who is online
    Given user A and user B are online
    When user B tries to read the administrator's list of who is online
    Then user B is refused
    But the administrator's list of who is online has user A and user B

  @STP-X12 @normal
  Scenario: X12 The administrator stays signed in while the list of who is online is read
    Given user A is signed in by the account of the administrator
    When user B comes online
    Then the administrator's list of who is online has user B
    And user A can read the contact list

  @STP-X19 @STP-1.3 @normal
  Scenario: X19 A refusal does not tell which users there are
    Given user A has an account
    When user A tries to sign in with a wrong password, by their own name and by one that no user has
    Then user A is refused in the same words each time
    But user A can sign in

  @STP-X6 @normal
  Scenario: X6 A request in a wrong form is refused, and disturbs no user
    Given user A and user B are online
    When user A makes each mistake in the form of a request
    Then each mistake of user A is refused, and the server fails at none
    And user B receives nothing else
    But user A can send messages to user B

  @STP-X20 @critical
  Scenario: X20 No password or token is written to a log
    Given user A has an account
    When user A tries to sign in with a wrong password
    And user A signs in
    Then user A can read the contact list
    And no secret of user A is written to a log
