"""Results, judged once, and everything that is made of them: Allure, JUnit, pages, trace and gate."""
