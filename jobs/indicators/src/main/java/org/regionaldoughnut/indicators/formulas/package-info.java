/**
 * The formulas of the literature as small pure classes: numbers come in, numbers go out. It must not know tables, regions
 * or Spark; each class names its source, and each has a test on published numbers.
 */
package org.regionaldoughnut.indicators.formulas;
