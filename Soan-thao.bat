@echo off
rem Double-click: opens the program; the first time it also installs everything.
rem The Vietnamese lines need code page 65001. No goto and no labels: cmd loses its place in UTF-8.
setlocal
chcp 65001 >nul
pushd "%~dp0"

rem The "python" of a new Windows only opens the Store: ask each candidate to really run.
set "PY="
py -3 -c "import sys" >nul 2>nul && set "PY=py -3"
if not defined PY python -c "import sys" >nul 2>nul && set "PY=python"
if not defined PY echo Máy này chưa có Python. Hãy cài Python 3.11 trở lên, bản 64-bit, từ python.org,
if not defined PY echo đánh dấu ô "Add python.exe to PATH" khi cài, rồi nhấp đúp lại tệp này.
if not defined PY pause
if not defined PY exit /b 1

%PY% tools\bootstrap.py app %*
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" echo.
if not "%CODE%"=="0" echo Chương trình đã dừng vì có lỗi. Hãy đọc các dòng phía trên, hoặc chụp lại gửi người phụ trách.
if not "%CODE%"=="0" pause
popd
exit /b %CODE%
