@echo off
rem Starts GLIP's command line on Windows; untried there: see kernel-setup/README.md. Java 17 or newer is taken from JAVA_HOME or
rem the PATH; GLIP_JAVA_OPTS holds further options for it, such as -Xmx8g.
setlocal
set "home=%~dp0.."

if not defined JAVA_HOME goto onpath
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto version
echo glip: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it 1>&2
exit /b 1

:onpath
set "java=java.exe"
where java.exe >nul 2>nul
if not errorlevel 1 goto version
echo glip: no java on the PATH: install JDK 17 or newer, or set JAVA_HOME 1>&2
exit /b 1

:version
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1 ^| findstr /i version"') do if not defined version set "version=%%~v"
set "major=0"
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% GEQ 17 goto library
echo glip: "%java%" is Java %version%: Java 17 or newer is needed 1>&2
exit /b 1

:library
set "jar="
for %%j in ("%home%\cli\target\glip-cli-*.jar") do call :candidate "%%~fj"
if not defined jar goto missing
if exist "%home%\cli\target\lib\" goto start
:missing
echo glip: the library is not built yet: run "mvn -q -B -DskipTests package" in "%~dp0..\.." 1>&2
exit /b 1

:start
rem Since Java 24 it warns of libraries that call native code, as the engine does.
set "native="
if %major% GEQ 24 set "native=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rem Without this the engine reports its use to its makers.
set "OPT_OUT_TRACKING=true"
rem The heap: half of the memory, since weights and activations lie outside it. An -Xmx in GLIP_JAVA_OPTS goes before.
"%java%" %native% -XX:MaxRAMPercentage=50 -Djava.awt.headless=true ^
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.org.glip.engine=info ^
    -Dorg.slf4j.simpleLogger.logFile=System.err ^
    -Dorg.slf4j.simpleLogger.showThreadName=false -Dorg.slf4j.simpleLogger.showLogName=false ^
    -Dorg.slf4j.simpleLogger.warnLevelString=glip: ^
    %GLIP_JAVA_OPTS% -cp "%jar%;%home%\cli\target\lib\*" org.glip.cli.Glip %*
exit /b %errorlevel%

:candidate
set "name=%~n1"
if "%name:~-8%"=="-sources" exit /b 0
if "%name:~-8%"=="-javadoc" exit /b 0
set "jar=%~1"
exit /b 0
