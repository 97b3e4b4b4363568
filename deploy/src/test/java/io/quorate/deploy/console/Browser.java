package io.quorate.deploy.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.quorate.deploy.cluster.LocalNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, for the tests of one class: the machine's own, driven by the driver of its package, as
 * nothing is downloaded. Tests are skipped where there is none. Elements are named by their attribute
 * {@code data-test}.
 */
final class Browser implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900");
    private static final int NO_DOWNLOADS = 3;
    private static final int PICTURE_QUALITY = 70;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Selenium warns that it knows no version of the browser's debugging protocol as new as this. The tests use none.
     */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final List<String> furtherArguments;
    private ChromeDriver driver;

    Browser(String... furtherArguments) {
        this.furtherArguments = List.of(furtherArguments);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<File> chromium = BROWSERS.stream().flatMap(Browser::inPath).findFirst();
        Optional<File> chromedriver = inPath("chromedriver").findFirst();
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String why =
                    "SKIPPED: the console was not tested in a browser; it needs chromium and chromedriver in the PATH"
                            + " (Debian: chromium, chromium-driver)";
            System.err.println(why);
            abort(why);
        }
        SELENIUM.setLevel(Level.SEVERE);
        driver = start(chromium.get(), chromedriver.get());
    }

    private static Stream<File> inPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute);
    }

    private ChromeDriver start(File chromium, File chromedriver) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(ARGUMENTS);
        options.addArguments(furtherArguments);
        options.setExperimentalOption("prefs", Map.of("download_restrictions", NO_DOWNLOADS));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        String name = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        failure.addSuppressed(new Exception("the browser shows " + screenshot(name) + "\n" + log()));
        throw failure;
    }

    private Path screenshot(String name) throws IOException {
        Path file = Path.of("target/system-tests", name + ".png").toAbsolutePath();
        Files.createDirectories(file.getParent());
        return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** As large as a window of such a size shows, also if it is smaller than a window may be. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** As on a system that prefers {@code light} or {@code dark}. */
    void prefer(String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** What the window shows, as WebP. */
    byte[] picture() {
        Map<String, Object> options = Map.of("format", "webp", "quality", PICTURE_QUALITY);
        Object picture =
                driver.executeCdpCommand("Page.captureScreenshot", options).get("data");
        return Base64.getDecoder().decode(String.valueOf(picture));
    }

    /** Opens the console of a node anew, and waits until it receives events from the expected number of nodes. */
    void open(String url, int nodes) {
        open(url, nodes, nodes);
    }

    /** As {@link #open(String, int)}, at a page of the console of a node of three. */
    void open(LocalNode node, String page) {
        open(node, page, 3);
    }

    /** @param heard how many of the three are alive */
    void open(LocalNode node, String page, int heard) {
        open("http://" + LocalNode.HOST + ":" + node.httpPort() + "/#/" + page, 3, heard);
    }

    void open(String url, int nodes, int heard) {
        await(url)
                .atMost(LONGEST)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> {
                    driver.get("about:blank");
                    driver.get(url);
                    return driver.getTitle().contains("Quorate");
                });
        awaitHeard(heard, nodes);
    }

    /** Opens any page, and returns when it is loaded. */
    void visit(String url) {
        driver.get(url);
    }

    String title() {
        return driver.getTitle();
    }

    /** Runs something inside the first frame of the page. */
    void inFrame(Runnable inside) {
        driver.switchTo().frame(0);
        try {
            inside.run();
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    /** The markup of the page. Empty if there is none, as after a download that was not allowed. */
    String source() {
        return String.valueOf(driver.executeScript("return document.documentElement?.outerHTML ?? ''"));
    }

    /**
     * Runs the body of a function in the page, with the rights of the page's own scripts, and returns its value as
     * text. It may use {@code await}.
     */
    String run(String body) {
        return String.valueOf(driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "(async () => {" + body + "})().then(done, (error) => done('threw ' + error));"));
    }

    /** Waits until a script that returns text matches. */
    void awaitRun(String what, String script, String pattern) {
        awaitScript(what, script, pattern);
    }

    /** Waits until the page's sign of life says so. */
    void awaitHeard(int heard, int nodes) {
        awaitScript(
                "the pulse",
                "return document.getElementById('pulse')?.textContent ?? ''",
                "live: " + heard + " of " + nodes);
    }

    /** The page of the console that the address names behind its {@code #/}. */
    void go(String page) {
        driver.executeScript("location.hash = '#/' + arguments[0]", page);
    }

    void click(String name) {
        await(name)
                .atMost(LONGEST)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> {
                    element(name).click();
                    return true;
                });
    }

    void type(String name, String text) {
        WebElement field = element(name);
        field.clear();
        field.sendKeys(text);
    }

    /** As by the Tab key, however far that is. */
    void focus(String name) {
        await(name).atMost(LONGEST).pollInterval(POLL).until(() -> (Boolean) driver.executeScript(
                "const element = document.querySelector(`[data-test=\"${arguments[0]}\"]`);"
                        + "element?.focus(); return element !== null && document.activeElement === element;",
                name));
    }

    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What the keyboard acts on. */
    String focused() {
        return String.valueOf(driver.executeScript("return document.activeElement.textContent.trim()"));
    }

    void awaitText(String name, String pattern) {
        awaitScript(name, "return document.querySelector(`[data-test=\"" + name + "\"]`)?.textContent ?? ''", pattern);
    }

    /** The text of any of the elements of that name. */
    void awaitTextOfOne(String name, String pattern) {
        awaitScript(
                name,
                "return [...document.querySelectorAll(`[data-test=\"" + name
                        + "\"]`)].map((each) => each.textContent).join('\\n')",
                pattern);
    }

    void awaitState(String name, String state) {
        awaitScript(name, "return document.querySelector(`[data-test=\"" + name + "\"]`)?.dataset.state ?? ''", state);
    }

    void awaitHeading(String pattern) {
        awaitScript("the heading", "return document.querySelector('h1')?.textContent ?? ''", pattern);
    }

    private void awaitScript(String what, String script, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        try {
            await(what).atMost(LONGEST).pollInterval(POLL).until(() -> wanted.matcher(
                            String.valueOf(driver.executeScript(script)))
                    .find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + " is '" + driver.executeScript(script) + "', not " + pattern, e);
        }
    }

    /** Empty if there is no such element. */
    String text(String name) {
        return String.valueOf(driver.executeScript(
                "return document.querySelector(`[data-test=\"" + name + "\"]`)?.textContent ?? ''"));
    }

    boolean has(String name) {
        return !driver.findElements(By.cssSelector("[data-test='" + name + "']"))
                .isEmpty();
    }

    /** How many elements a selector of CSS finds. */
    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    private WebElement element(String name) {
        return driver.findElement(By.cssSelector("[data-test='" + name + "']"));
    }

    /** What the browser had to complain about since the last call, apart from this machine's changing interfaces. */
    List<String> log() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("net::ERR_NETWORK_CHANGED"))
                .toList();
    }
}
