@broker
Feature: 2.4 The web portal
  Users see what has become of their messages, and administrators look after accounts and certificates.

  @TC-PT-001 @blocker @smoke
  Scenario: TC-PT-001 Signing in leads to one's own messages
    Given user A has 1 message
    When user A signs in at the portal
    Then user A is shown the messages of the portal
    And the portal shows user A their own messages, all of them and no others

  @TC-PT-002 @critical
  Scenario Outline: TC-PT-002 <password> does not sign a user in, and the portal says so
    Given user A and user B have accounts
    When user A tries to sign in at the portal with <password>
    Then the portal tells user A that it did not work
    And the portal shows user A the login page
    And the portal opens nothing to user A
    But user A can sign in at the portal

    Examples:
      | password                       | because                                 |
      | a wrong password               | it is no user's password                |
      | user B's password              | it is right, but for another user       |
      | the right password in capitals | a password is compared letter by letter |

  @TC-PT-003 @critical
  Scenario: TC-PT-003 Signing out ends the session and leads to the login page
    Given user A and user B are signed in at the portal
    When user A signs out of the portal
    Then the portal shows user A the login page
    And the portal opens nothing to user A
    But user B can open the messages at the portal

  @TC-PT-X1 @critical
  Scenario: TC-PT-X1 Signing out ends every copy of the session
    Given user A is signed in at the portal
    And a thief has a copy of the session of user A
    When user A signs out of the portal
    Then the portal opens nothing to the thief of the session of user A
    But user A can sign in at the portal

  @TC-PT-X1 @normal
  Scenario: TC-PT-X1 A copy of a session that has ended stays useless when other users sign out
    Given user A and user B are signed in at the portal
    And a thief has a copy of the session of user A
    When user A signs out of the portal
    And user B signs out of the portal
    Then the portal opens nothing to the thief of the session of user A
    But user A can sign in at the portal

  @TC-PT-X1 @breaks_system @normal
  Scenario Outline: TC-PT-X1 A copy of a session that has ended stays useless when the portal <restarts>
    Given user A is signed in at the portal
    And a thief has a copy of the session of user A
    When user A signs out of the portal
    And the portal <restarts>
    Then the portal opens nothing to the thief of the session of user A
    But user A can sign in at the portal

    Examples:
      | restarts                     | because                         |
      | is restarted                 | it can write down what it knows |
      | crashes and is started again | it has no time to write it down |

  @TC-S-013 @critical
  Scenario: TC-S-013 A session that was altered opens nothing
    Given user A is signed in at the portal
    And a thief has a copy of the session of user A
    When a thief alters the session of user A
    Then the portal opens nothing to user A
    But the thief of the session of user A can open the messages at the portal

  @TC-PT-004 @breaks_system @critical
  Scenario: TC-PT-004 A user who has been idle for too long is asked to sign in
    Given the system is set to short idle sessions
    And user A is signed in at the portal
    When the session of user A has run out
    Then the portal asks user A to sign in
    But user A can sign in at the portal

  @TC-PT-X4 @breaks_system @normal
  Scenario: TC-PT-X4 A user who keeps using the portal stays signed in
    Given the system is set to short idle sessions
    And user A is signed in at the portal
    When user A keeps using the portal for longer than a session lasts
    Then user A can open the messages at the portal

  @TC-PT-X5 @normal
  Scenario: TC-PT-X5 A user who signs in elsewhere stays signed in where they were
    Given user A is signed in at the portal
    When user A signs in at the portal in a second browser as well
    Then user A can open the messages at the portal
    And user A can open the messages at the portal in the first browser too

  @TC-PT-005 @blocker
  Scenario: TC-PT-005 A user sees their own messages and no others
    Given user A and user B have 3 messages
    And user A and user B are signed in at the portal
    When user A opens the messages at the portal
    And user B opens the messages at the portal
    Then the portal shows user A their own messages, all of them and no others
    And the portal shows user B their own messages, all of them and no others

  @TC-PT-006 @normal
  Scenario Outline: TC-PT-006 Messages can be filtered by their status: <status>
    Given user A has 6 messages
    And user A is signed in at the portal
    When user A chooses the <status> messages at the portal
    Then the portal shows user A their own <status> messages and no others

    Examples:
      | status    | because                           |
      | queued    | they are still under way          |
      | delivered | they have arrived                 |
      | failed    | an administrator looks after them |

  @TC-PT-007 @normal
  Scenario: TC-PT-007 A long list is shown page by page, and leaves nothing out
    Given user A has 45 messages
    And user A is signed in at the portal
    When user A opens the messages at the portal
    Then the portal shows user A all 45 messages once, on several pages

  @TC-PT-007 @normal
  Scenario Outline: TC-PT-007 A list of <number> messages leaves nothing out
    Given user A has <number> messages
    And user A is signed in at the portal
    When user A opens the messages at the portal
    Then the portal shows user A their own messages, all of them and no others

    Examples:
      | number | because                         |
      | 20     | that is as many as a page holds |
      | 21     | that is one more                |

  @TC-PT-007 @normal
  Scenario: TC-PT-007 A list that just fills a page leads to no empty one
    Given user A has 20 messages
    And user A is signed in at the portal
    When user A opens the messages at the portal
    Then the portal shows user A no empty page of messages

  @TC-PT-006 @TC-PT-007 @normal
  Scenario: TC-PT-007 A filter holds on every page of a long list
    Given user A has 66 messages
    And user A is signed in at the portal
    When user A chooses the delivered messages at the portal
    Then the portal shows user A their own delivered messages and no others

  @TC-PT-008 @normal
  Scenario: TC-PT-008 The profile shows whose account it is
    Given user A, user B and the administrator are signed in at the portal
    When user A opens the profile at the portal
    And user B opens the profile at the portal
    And the administrator opens the profile at the portal
    Then the portal shows user A their own profile
    And the portal shows user B their own profile
    And the portal shows the administrator their own profile

  @TC-PT-009 @critical
  Scenario: TC-PT-009 The overview is for administrators, and counts what there is
    Given the administrator has looked at the overview at the portal
    And user A has 3 messages
    And user A is signed in at the portal
    When user A tries to open the overview at the portal
    Then user A is refused
    But the administrator can open the overview at the portal
    And the portal shows the administrator how many messages and clients there are

  @TC-PT-010 @critical
  Scenario: TC-PT-010 A user for whom an administrator creates an account can sign in
    Given the administrator is signed in at the portal
    When the administrator creates an account for user A at the portal
    Then the portal tells the administrator that it is done
    And user A can sign in at the portal

  @TC-PT-010 @normal
  Scenario: TC-PT-010 Two accounts cannot have the same name
    Given the administrator is signed in at the portal
    And the administrator has created an account for user A at the portal
    When the administrator tries to create an account for user A at the portal
    Then the portal tells the administrator that it did not work
    But user A can sign in at the portal

  @TC-PT-010 @normal
  Scenario: TC-PT-010 An account cannot have a short password
    Given the administrator is signed in at the portal
    When the administrator tries to create an account for user A at the portal with a short password
    Then the portal tells the administrator that it did not work
    But the administrator can create an account for user A at the portal

  @TC-PT-010 @critical
  Scenario: TC-PT-010 No other site can have an administrator create an account
    Given the administrator is signed in at the portal
    When a page of another site has the administrator create an account for user A
    Then user A cannot sign in at the portal
    But the administrator can create an account for user A at the portal

  @TC-PT-011 @critical
  Scenario: TC-PT-011 An administrator generates certificates for two clients, one after the other
    Given the administrator is signed in at the portal
    When the administrator generates a certificate for "acme" at the portal
    And the administrator generates a certificate for "beta" at the portal
    Then the portal tells the administrator that it is done
    And the portal shows the administrator the certificate of "acme" as active
    And the portal shows the administrator the certificate of "beta" as active

  @TC-PT-X2 @critical
  Scenario: TC-PT-X2 An administrator who generates a certificate gets it, and its key
    Given the administrator is signed in at the portal
    When the administrator generates a certificate for "acme" at the portal
    Then the portal hands the administrator the certificate of "acme" and its key

  @TC-PT-011 @normal
  Scenario Outline: TC-PT-011 A name with <what> in it is repeated as it was written
    Given the administrator is signed in at the portal
    When the administrator generates a certificate for "<name>" at the portal
    Then the portal tells the administrator that it is done
    And the portal repeats "<name>" to the administrator as it was written

    Examples:
      | what         | name        | because                             |
      | markup       | <b>acme</b> | it is a name, and no part of a page |
      | an ampersand | Tom & Sons  | it begins a sign in a page          |

  @TC-PT-012 @critical
  Scenario: TC-PT-012 An administrator revokes the certificate of one client
    Given user A and user B have accounts
    And the administrator is signed in at the portal
    When the administrator revokes the certificate of user A at the portal
    Then the portal tells the administrator that it is done
    And the portal shows the administrator the certificate of user A as revoked
    But the portal shows the administrator the certificate of user B as active

  @TC-PT-013 @critical
  Scenario: TC-PT-013 Administrators see everybody's messages, and what they say
    Given user A and user B have 3 messages
    And the administrator is signed in at the portal
    When the administrator opens everybody's messages at the portal
    Then the portal shows the administrator all messages of user A and user B, in plain words

  @TC-PT-013 @critical
  Scenario: TC-PT-013 Words of every kind are shown to administrators as they were written
    Given user A has messages with words of every kind
    And the administrator is signed in at the portal
    When the administrator opens everybody's messages at the portal
    Then the portal shows the administrator all messages of user A, in plain words

  @TC-PT-014 @critical
  Scenario: TC-PT-014 Only administrators are shown their pages
    Given user A and the administrator are signed in at the portal
    When user A tries to open every page for administrators at the portal
    Then user A is refused each of them
    But the administrator can open every page for administrators at the portal

  @TC-PT-014 @critical
  Scenario: TC-PT-014 Hiding a form for administrators is not enough to close it
    Given user A and the administrator are signed in at the portal
    When user A tries to use every form for administrators at the portal
    Then user A is refused each of them
    But the administrator can create an account for user B at the portal

  @TC-PT-015 @normal
  Scenario Outline: TC-PT-015 The portal can be used on <screen>
    Given the administrator is signed in at the portal on <screen>
    When the administrator visits every page of the portal by its menu
    Then the administrator has found every page by the menu
    And no page is wider than the screen of the administrator

    Examples:
      | screen    | because                                   |
      | a phone   | there is no room for a menu or for tables |
      | a desktop | nothing has to be folded away             |

  @TC-PT-X3 @normal
  Scenario Outline: TC-PT-X3 Nothing on the pages is too small to be read on <screen>
    Given the administrator is signed in at the portal on <screen>
    When the administrator visits every page of the portal by its menu
    Then the administrator can read all that the pages say

    Examples:
      | screen    | because                             |
      | a phone   | it is held at an arm's length       |
      | a desktop | it stands farther away than a phone |
