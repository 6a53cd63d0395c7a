@threads
Feature: 1. Authentication flow
  A user who registers or signs in is one and the same person in requests and on the live connection.

  @TFS-SCN-1 @blocker @smoke
  Scenario: TFS-SCN-1 A newcomer who registers can connect at once, and is recognised there
    When the newcomer registers
    Then the newcomer is signed in
    And the newcomer can connect
    And the newcomer is told once that the newcomer is connected
    And no answer has shown the newcomer a password

  @TFS-API-01 @blocker @smoke
  Scenario: TFS-API-01 A newcomer who registers owns the company that they have registered
    When the newcomer registers
    Then the newcomer is signed in
    And the newcomer can rename the company in the company of the newcomer
    And no answer has shown the newcomer a password

  @TFS-EVT-01 @FR-001 @blocker @smoke
  Scenario: TFS-EVT-01 A user who connects is told that the connection stands, and as whom
    Given user A has an account
    When user A comes online
    Then user A is told once that user A is connected

  @TFS-EVT-02 @critical @smoke
  Scenario: TFS-EVT-02 A user who connects is told that they have been recognised, and as whom
    Given user A has an account
    When user A comes online
    Then user A is told once that user A has been recognised

  @TFS-API-01 @TFS-DATA-7 @critical
  Scenario: TFS-API-01 A user who registers has a company of their own
    Given user A is online
    When the newcomer registers
    Then the newcomer can connect
    And the newcomer sees 1 person in the contact list, all of their own company
    And user A is told of no other user coming or going

  @TFS-API-02 @FR-001 @blocker @smoke
  Scenario: TFS-API-02 The right password signs a user in, for requests and for the live connection
    Given user A has an account
    When user A signs in
    Then user A is signed in
    And user A can read the contact list
    And user A can connect

  @TFS-API-02 @critical
  Scenario Outline: TFS-API-02 <password> does not sign a user in
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

  @TFS-API-02 @critical
  Scenario: TFS-API-02 A user who tries too many wrong passwords is locked out, and no other user is
    Given user A and user B have accounts
    When user A tries 5 times to sign in with a wrong password
    And user A tries to sign in
    Then user A is refused because the account is locked
    But user B can sign in

  @TFS-X-LOGS @critical
  Scenario: TFS-X-LOGS No password or token is written to a log
    Given user A has an account
    When user A tries to sign in with a wrong password
    And user A signs in
    Then user A can read the contact list
    And no secret of user A is written to a log

  @TFS-API-02 @normal
  Scenario: TFS-API-02 A user who mistypes the password now and then is not locked out
    Given user A has an account
    When user A tries 4 times to sign in with a wrong password
    And user A signs in
    And user A tries 4 times to sign in with a wrong password
    Then user A can sign in

  @TFS-X-CAPITALS @normal
  Scenario: TFS-X-CAPITALS A user may write their address in capitals
    Given user A has an account
    When user A signs in by their name in capitals
    Then user A is signed in
    And user A can connect

  @TFS-X-CAPITALS @normal
  Scenario: TFS-X-CAPITALS An address that is taken is taken in capitals too
    Given user A is signed in
    When user A makes these mistakes, one after the other
      | mistake                                               |
      | an account with an address that is taken, in capitals |
    Then each mistake of user A is refused, and the server fails at none
    But user A can sign in

  @TFS-ERR-7 @normal
  Scenario: TFS-ERR-7 An address is registered once, however many try it at the same time
    When the newcomer registers 5 times at once
    Then the newcomer is refused 4 times because that is taken already
    And the newcomer can sign in

  @TFS-API-01 @normal
  Scenario: TFS-API-01 A user cannot register a second time with the same address
    When the newcomer registers
    And the newcomer registers
    Then the newcomer is refused because that is taken already
    But the newcomer can sign in

  @TFS-API-01 @normal
  Scenario: TFS-API-01 A user cannot register a company with a name that is taken
    Given the company owner and user A are online
    And user A has opened the room "Launch" with the company owner
    When the company owner requests a company with a name that is taken
    Then the company owner is refused because that is taken already
    But user A can read the contact list

  @TFS-EVT-01 @normal
  Scenario: TFS-EVT-01 A user can be connected twice, and both connections serve
    Given user A and user B are online
    When user A tries to connect 1 more time
    Then user A hears user B on every connection
    And user A is heard by user B on every connection

  @TFS-API-04 @normal
  Scenario: TFS-API-04 Users change their own profile, and find it changed
    Given user A is online
    When user A takes another name by request
    Then user A sees what user A has done after reloading

  @TFS-EVT-10 @normal
  Scenario: TFS-EVT-10 Users of the company are told when one of them connects, and no user elsewhere is
    Given user A, user B and the owner of another company are online
    When user C comes online
    Then user A and user B are told once that user C is online
    And the owner of another company is told of no other user coming or going

  @TFS-API-05 @normal
  Scenario: TFS-API-05 Everybody in the company can look who is online
    Given user A and user B are online
    When user C comes online
    Then user A sees user B and user C as online

  @TFS-ERR-2 @critical
  Scenario Outline: TFS-ERR-2 A user cannot connect with <token>
    Given user A is signed in
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
      | a refresh token              | it is good, but for something else               |

  @TFS-ERR-2 @critical
  Scenario Outline: TFS-ERR-2 The contact list is not given out for <token>
    Given user A is signed in
    When user A tries to read the contact list with <token>
    Then user A is refused because the token is not valid
    But user A can read the contact list

    Examples:
      | token                        | because                                          |
      | a garbled token              | its signature no longer fits                     |
      | a meaningless token          | it is not a token at all                         |
      | a blank token                | blank is not the same as missing                 |
      | no token                     | missing must not mean trusted                    |
      | a token signed by a stranger | a stranger can write the same claims             |
      | an unsigned token            | a token may not choose to go without a signature |
      | a refresh token              | it is good, but for something else               |

  @TFS-API-03 @critical @smoke
  Scenario: TFS-API-03 A session is refreshed without signing in, in the user's own name
    Given user A and user B are signed in
    When user A refreshes the session
    And user A refreshes the session
    Then user A is signed in
    And user A can read the contact list
    And user A can connect

  @TFS-EVT-02 @critical
  Scenario: TFS-EVT-02 A user who refreshes the session while connected is recognised anew and stays connected
    Given user A and user B are online
    When user A refreshes the session
    Then user A is told once that user A has been recognised
    And user A can send messages to user B

  @TFS-EVT-02 @normal
  Scenario: TFS-EVT-02 A user who has refreshed the session stays connected when the time of the former one is up
    Given user A is online in a session that ends soon
    And user B is online
    When user A refreshes the session to last longer, and the time of the former one is up
    Then user A can send messages to user B

  @TFS-API-03 @critical
  Scenario: TFS-API-03 A token that has refreshed a session once does not refresh it again
    Given user A is signed in
    When user A refreshes the session
    And user A tries to refresh the session a second time with the same token
    Then user A is refused because the token is not valid
    But user A can sign in

  @TFS-API-03 @critical
  Scenario Outline: TFS-API-03 A session is not refreshed with <token>
    Given user A is signed in
    When user A tries to refresh the session with <token>
    Then user A is refused
    But user A can connect

    Examples:
      | token                        | because                                          |
      | a garbled token              | its signature no longer fits                     |
      | a meaningless token          | it is not a token at all                         |
      | no token                     | missing must not mean trusted                    |
      | a token signed by a stranger | a stranger can write the same claims             |
      | an unsigned token            | a token may not choose to go without a signature |

  @TFS-X-SIGNOUT @critical
  Scenario: TFS-X-SIGNOUT A session that has been signed out opens nothing any more
    Given user A and user B are online
    When user A signs out
    Then user A can no longer read the contact list
    And user A can no longer send messages to user B
    And user A can no longer connect
    But user B can read the contact list

  @TFS-X-SIGNOUT @TFS-X-DEVICES @critical
  Scenario: TFS-X-SIGNOUT Signing out ends the session on every connection
    Given user A and user B are online on 2 connections each
    When user A signs out
    Then user A is disconnected
    But user B can read the contact list

  @TFS-X-SIGNOUT @TFS-X-DEVICES @critical
  Scenario: TFS-X-DEVICES A user who signs out on another device stays connected where they are
    Given user A and user B are online
    When user A signs in on another device, and out again
    Then user A can send messages to user B
    And user B can send messages to user A

  @TFS-X-DEVICES @TFS-API-03 @critical
  Scenario: TFS-X-DEVICES A user who signs out on another device can refresh the session where they are
    Given user A is signed in
    When user A signs in on another device, and out again
    And user A refreshes the session
    Then user A is signed in

  @TFS-X-DEVICES @critical
  Scenario: TFS-X-DEVICES A user stays online when one of their two clients goes away
    Given user A and user B are online on 2 connections each
    When one of the clients of user A goes away without a word
    Then user A can send messages to user B
    And user B can send messages to user A

  @TFS-X-DEVICES @TFS-EVT-03 @normal
  Scenario: TFS-X-DEVICES What a user sends shows on each of their connections
    Given user A and user B are online on 2 connections each
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    Then user A is told on every connection that "Shall we begin?" has been sent
    And user B receives "Shall we begin?" from user A in the room "Launch"

  @TFS-API-05 @TFS-X-DEVICES @critical
  Scenario: TFS-API-05 A user is still shown as online when one of their clients goes away
    Given user A and user B are online on 2 connections each
    When one of the clients of user A goes away without a word
    Then user A can send messages to user B
    And user B sees user A as online

  @TFS-API-05 @TFS-X-DEVICES @normal
  Scenario: TFS-API-05 A user is still shown as busy when one of their clients goes away
    Given user A and user B are online on 2 connections each
    When user A becomes busy by request
    And one of the clients of user A goes away without a word
    Then user A can send messages to user B
    And user B sees user A as busy

  @TFS-API-05 @TFS-X-DEVICES @normal
  Scenario: TFS-API-05 A user is still shown as busy when they connect a second time
    Given user A and user B are online
    When user A becomes busy by request
    And user A tries to connect 1 more time
    Then user A hears user B on every connection
    And user B sees user A as busy

  @TFS-API-02 @normal
  Scenario: TFS-API-02 A long password counts to its last letter
    Given user A has a password of 100 characters
    When user A tries to sign in with the right password but for its last letter
    Then user A is refused
    But user A can sign in

  @TFS-API-01 @TFS-API-02 @normal
  Scenario: TFS-API-01 A user who tried to sign in before they registered can sign in afterwards
    Given the newcomer has tried to sign in before registering
    When the newcomer registers
    Then the newcomer can sign in

  @TFS-X-PASSWORD @critical
  Scenario: TFS-X-PASSWORD A user who has changed the password signs in with the new one alone
    Given user A is signed in
    When user A changes the password
    And user A tries to sign in with the former password
    Then user A is refused
    But user A can sign in

  @TFS-X-PASSWORD @critical
  Scenario Outline: TFS-X-PASSWORD A password is not changed by a user who knows only <password>
    Given user A and user B are signed in
    When user A tries to change the password with <password>
    Then user A is refused because that is a mistake
    But user A can sign in

    Examples:
      | password          | because                                      |
      | a wrong password  | a device left open is not its user           |
      | user B's password | it is right, but for another user            |
      | a blank password  | leaving it out must not get around the check |

  @TFS-ERR-5 @TFS-API-01 @normal
  Scenario: TFS-ERR-5 Invalid accounts, sessions and profiles are refused
    Given user A is signed in
    When user A makes these mistakes, one after the other
      | mistake                                      |
      | an account with an invalid address           |
      | an account with a password that is too short |
      | a session for an address that is unknown     |
      | a profile in the form of a list              |
      | a profile in a request that is cut off       |
    Then each mistake of user A is refused, and the server fails at none
    But user A can read the contact list

  @TFS-ERR-5 @normal
  Scenario: TFS-ERR-5 The profile of a user who does not exist is not shown
    Given user A is signed in
    When user A requests the profile of a user who does not exist
    Then user A is refused because that does not exist
    But user A can read the contact list

  @TFS-ERR-2 @critical
  Scenario Outline: TFS-ERR-2 Nothing can be requested with <token>
    Given user A is signed in
    When user A makes every request that there is with <token>
    Then each mistake of user A is refused, and the server fails at none
    But user A can read the contact list

    Examples:
      | token                        | because                                      |
      | no token                     | no user is signed in                         |
      | a blank token                | leaving it out must not get around the check |
      | a garbled token              | its signature is wrong                       |
      | a meaningless token          | it is no token at all                        |
      | a token signed by a stranger | a stranger can write tokens too              |
      | an unsigned token            | it asks not to be checked                    |
      | a refresh token              | it is good, but for something else           |
