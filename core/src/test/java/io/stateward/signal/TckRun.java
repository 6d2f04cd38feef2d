package io.stateward.signal;

import java.util.List;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/**
 * A run of the Reactive Streams TCK, which is made of TestNG tests, inside a test of ours.
 *
 * @param passed the names of the tests that passed
 * @param skipped the names of those that the TCK skipped
 * @param failures the names of those that failed, and how
 */
record TckRun(List<String> passed, List<String> skipped, List<String> failures) {

  static TckRun of(Class<?> verification) {
    TestListenerAdapter listener = new TestListenerAdapter();
    TestNG testng = new TestNG(false);
    testng.setVerbose(0);
    testng.setTestClasses(new Class<?>[] {verification});
    testng.addListener(listener);
    testng.run();
    List<ITestResult> broken = listener.getConfigurationFailures();
    broken.addAll(listener.getFailedTests());
    return new TckRun(
        names(listener.getPassedTests()),
        names(listener.getSkippedTests()),
        broken.stream().map(result -> result.getName() + ": " + result.getThrowable()).toList());
  }

  private static List<String> names(List<ITestResult> results) {
    return results.stream().map(ITestResult::getName).toList();
  }
}
