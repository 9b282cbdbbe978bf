/** Tells people: by mail or webhook, of failed runs and tasks and of late data. In: reports of the engine. */
package org.regionaldoughnut.schedule.alert;
