package io.stateward.examples;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window, for tests. It is the one of the machine, and none is downloaded:
 * where there is none, the tests are left out. The system property {@code stateward.chromium} names
 * another one.
 */
public final class Chromium implements AutoCloseable {

  private static final List<String> PLACES =
      List.of(
          System.getProperty("stateward.chromium", ""),
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox", // these are our own pages
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /**
   * Starts the browser, or leaves the test out if there is none.
   *
   * @return the browser
   */
  public static Chromium start() {
    Path executable =
        PLACES.stream()
            .filter(place -> !place.isEmpty())
            .flatMap(place -> Stream.of(Path.of(place)))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(
        executable != null, "There is no Chromium here; -Dstateward.chromium=PATH names one.");
    return new Chromium(executable);
  }

  /**
   * Opens a window of its own, which shares nothing with others, and notes whatever goes wrong in
   * it.
   *
   * @param server whose first page it shows; it may use nothing of any other
   * @param width the width of the window, in pixels
   * @return its page
   */
  public Page open(LocalServer server, int width) {
    return open(server.address(), width);
  }

  /**
   * Opens a window of its own, as above.
   *
   * @param address the page that it shows; it may use nothing of any other server
   * @param width the width of the window, in pixels
   * @return its page
   */
  public Page open(URI address, int width) {
    String server = address.resolve("/").toString();
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
    context.setDefaultTimeout(10_000);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            problems.add(message.text());
          }
        });
    page.onPageError(problems::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server)) {
            problems.add("A request leaves the machine: " + request.url());
          }
        });
    page.navigate(address.toString());
    return page;
  }

  /**
   * Closes all windows.
   *
   * @return what was logged, thrown or asked for in them that should not have been
   */
  public List<String> closeWindows() {
    browser.contexts().forEach(BrowserContext::close);
    List<String> found = List.copyOf(problems);
    problems.clear();
    return found;
  }

  /** Ends the browser. */
  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
