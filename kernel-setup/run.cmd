@echo off
rem Sets everything up and runs a notebook: --help tells more. The door for Windows, untried: see README.md.
rem All that is done stands in run.py.
setlocal
set "PYTHONUTF8=1"
if defined PYTHON goto named
where py >nul 2>nul
if not errorlevel 1 goto launcher
where python >nul 2>nul
if not errorlevel 1 goto onpath
echo error: Python 3.9 or newer is missing. Install it, for example by: winget install Python.Python.3.12 1>&2
exit /b 1

:named
"%PYTHON%" "%~dp0run.py" %*
exit /b %errorlevel%

:launcher
py -3 "%~dp0run.py" %*
exit /b %errorlevel%

:onpath
python "%~dp0run.py" %*
exit /b %errorlevel%
