/** How passwords are kept. In: a password. Out: a salted, slow hash, and whether another password fits it. */
package org.regionaldoughnut.schedule.security;
