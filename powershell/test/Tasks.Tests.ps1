# Scheduled tasks of the default lab, as scripts ask for them that have no ScheduledTasks module: over CIM.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lab = Start-Cimulator
    $Namespace = 'root/Microsoft/Windows/TaskScheduler'

    function Invoke-Scheduler([string] $MethodName, [hashtable] $Arguments = @{}) {
        $answer = Invoke-CimMethod -Namespace $Namespace -ClassName PS_ScheduledTask -MethodName $MethodName -Arguments $Arguments -ErrorAction Stop
        $answer.ReturnValue | Should -Be 0
        $answer.cmdletOutput
    }
    function Get-LabTask([string] $Name) {
        Get-CimInstance -Namespace $Namespace MSFT_ScheduledTask -Filter "TaskName='$Name'"
    }
}

AfterAll { $lab | Stop-Cimulator }

Describe 'Scheduled tasks' {
    AfterEach { Reset-Cimulator -Endpoint $lab }

    It 'are there, with what is embedded in them' {
        $tasks = Get-CimInstance -Namespace $Namespace -ClassName MSFT_ScheduledTask
        $tasks.Count | Should -BeGreaterThan 20
        $tasks | Where-Object TaskPath -Like '\Microsoft\Windows\*' | Should -Not -BeNullOrEmpty
        $copy = $tasks | Where-Object TaskName -EQ 'Nightly copy'
        $copy.URI | Should -Be '\Lab\Nightly copy'
        $copy.Actions[0].Execute | Should -Be 'C:\Tools\labtool.exe'
        $copy.Actions[0].CimSystemProperties.ClassName | Should -Be 'MSFT_TaskExecAction'
        $copy.Triggers[0].StartBoundary | Should -Be '2026-01-05T02:00:00'
        $copy.Settings.ExecutionTimeLimit | Should -Be 'PT2H'
        $copy.Principal.UserId | Should -Be 'SYSTEM'
        ($tasks | Where-Object State -EQ 1).TaskName | Should -Contain 'Old report'
    }

    It 'are made of parts, run, and tell of it' {
        $action = Invoke-Scheduler NewActionByExec @{ Execute = 'C:\Tools\labtool.exe'; Argument = '--x' }
        $trigger = Invoke-Scheduler NewTriggerByDaily @{ Daily = $true; At = [datetime]'2030-01-01T03:00:00'; DaysInterval = [uint32]1 }
        $principal = Invoke-Scheduler NewPrincipalByUser @{ UserId = 'SYSTEM'; LogonType = 5; RunLevel = 1 }
        $settings = Invoke-Scheduler NewSettings @{ StartWhenAvailable = $true; ExecutionTimeLimit = [timespan]::FromMinutes(90) }
        $settings.ExecutionTimeLimit | Should -Be 'PT1H30M'
        $task = Invoke-Scheduler RegisterByPrincipal @{
            TaskName = 'Mine'; TaskPath = '\Lab\'; Description = 'Mine'
            Action = [ciminstance[]]@($action); Trigger = [ciminstance[]]@($trigger); Principal = $principal; Settings = $settings
        }
        $task.State | Should -Be 3
        $info = Invoke-Scheduler GetInfoByObject @{ InputObject = $task }
        $info.LastTaskResult | Should -Be 267011
        $info.LastRunTime.ToUniversalTime() | Should -Be ([datetime]'1999-11-30')
        $info.NextRunTime | Should -BeGreaterThan ([datetime]'2029-12-31')
        $null = Invoke-Scheduler StartByPath @{ TaskName = 'Mine'; TaskPath = '\Lab\' }
        (Get-LabTask Mine).State | Should -Be 4
        Get-CimInstance Win32_Process -Filter "CommandLine='C:\\Tools\\labtool.exe --x'" | Should -HaveCount 1
        $null = Invoke-Scheduler StopByPath @{ TaskName = 'Mine'; TaskPath = '\Lab\' }
        (Get-LabTask Mine).State | Should -Be 3
        Get-CimInstance Win32_Process -Filter "CommandLine='C:\\Tools\\labtool.exe --x'" | Should -BeNullOrEmpty
        (Invoke-Scheduler GetInfoByName @{ TaskName = 'Mine'; TaskPath = '\Lab\' }).LastTaskResult | Should -Be 267014
        Get-LabTask Mine | Remove-CimInstance
        Get-LabTask Mine | Should -BeNullOrEmpty
    }

    It 'are exported as XML, and registered by it' {
        $xml = Invoke-Scheduler ExportByName @{ TaskName = 'Nightly copy'; TaskPath = '\Lab\' }
        ([xml]$xml).Task.Actions.Exec.Command | Should -Be 'C:\Tools\labtool.exe'
        ([xml]$xml).Task.Triggers.CalendarTrigger.ScheduleByDay.DaysInterval | Should -Be 1
        $again = Invoke-Scheduler RegisterByXml @{ TaskName = 'Again'; TaskPath = '\Lab\'; Xml = $xml }
        $again.Actions[0].Arguments | Should -Be '--copy D:\Data'
        (Invoke-Scheduler DisableByName @{ TaskName = 'Again'; TaskPath = '\Lab\' }).State | Should -Be 1
        (Invoke-Scheduler EnableByObject @{ InputObject = (Get-LabTask Again) }).State | Should -Be 3
        $again.Description = 'Once more'
        (Invoke-Scheduler SetByObject @{ InputObject = $again }).Description | Should -Be 'Once more'
    }

    It 'end <Method> with <Id> and <Category>' -ForEach @(
        @{ Method = 'StartByPath'; Arguments = @{ TaskName = 'None'; TaskPath = '\Lab\' }; Id = '0x80070002'; Category = 'ObjectNotFound'; Text = 'The system cannot find the file specified.' }
        @{ Method = 'StartByPath'; Arguments = @{ TaskName = 'Old report'; TaskPath = '\Lab\' }; Id = '0x80041326'; Category = 'NotSpecified'; Text = 'The task is disabled.' }
        @{ Method = 'RegisterByUser'; Arguments = @{ TaskName = 'Nightly copy'; TaskPath = '\Lab\'; User = 'SYSTEM' }; Id = '0x800700b7'; Category = 'ResourceExists'; Text = 'Cannot create a file when that file already exists.' }
    ) {
        if ($Method -like 'Register*') { $Arguments.Action = [ciminstance[]]@(Invoke-Scheduler NewActionByExec @{ Execute = 'cmd.exe' }) }
        $failed = { Invoke-Scheduler $Method $Arguments } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike "HRESULT $Id,*"
        $failed.CategoryInfo.Category | Should -Be $Category
        $failed.Exception.Message | Should -Be $Text
    }
}

Describe 'Cmdlets like those of Windows' {
    BeforeAll { Import-CimulatorCdxml "$PSScriptRoot/cdxml/TaskMethods.cdxml", "$PSScriptRoot/cdxml/Tasks.cdxml" -Force }
    AfterEach { Reset-Cimulator -Endpoint $lab }
    AfterAll { Get-Module Tasks, TaskMethods | Remove-Module -Force }

    It 'register a task as scripts do, start it, and take it away' {
        $action = New-ScheduledTaskAction -Execute 'C:\Tools\labtool.exe' -Argument '--backup'
        $trigger = New-ScheduledTaskTrigger -Daily -At '2030-01-01T03:00:00'
        $weekly = New-ScheduledTaskTrigger -Weekly -DaysOfWeek Sunday, Saturday -At '2030-01-01T04:00:00'
        $weekly.DaysOfWeek | Should -Be 65
        $principal = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\SYSTEM' -LogonType ServiceAccount -RunLevel Highest
        $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 1)
        $task = Register-ScheduledTask -TaskName Backup -TaskPath '\Lab\' -Action $action -Trigger $trigger, $weekly -Principal $principal -Settings $settings -Description 'Nightly'
        $task.TaskName | Should -Be 'Backup'
        (Get-ScheduledTask -TaskName Back* -TaskPath '\Lab\').Description | Should -Be 'Nightly'
        Get-ScheduledTask Backup | Start-ScheduledTask
        (Get-ScheduledTask Backup).State | Should -Be 4
        Stop-ScheduledTask -TaskName Backup -TaskPath '\Lab\'
        (Get-ScheduledTask Backup | Get-ScheduledTaskInfo).LastTaskResult | Should -Be 267014
        (Get-ScheduledTask Backup | Disable-ScheduledTask).State | Should -Be 1
        $xml = Export-ScheduledTask -TaskName Backup -TaskPath '\Lab\'
        Unregister-ScheduledTask -TaskName Backup -TaskPath '\Lab\' -Confirm:$false
        { Get-ScheduledTask Backup -ErrorAction Stop } | Should -Throw -ErrorId 'CmdletizationQuery_NotFound_TaskName,*'
        (Register-ScheduledTask -TaskName Restored -Xml $xml).URI | Should -Be '\Restored'
        (Register-ScheduledTask -TaskName Mine -Action $action -User SYSTEM -Force).Principal.UserId | Should -Be 'SYSTEM'
    }

    It 'write the errors that scripts look at' {
        { Start-ScheduledTask -TaskName None -ErrorAction Stop } | Should -Throw 'The system cannot find the file specified.' -ErrorId 'HRESULT 0x80070002,Start-ScheduledTask'
        $action = New-ScheduledTaskAction -Execute cmd.exe
        { Register-ScheduledTask -TaskName 'Nightly copy' -TaskPath '\Lab\' -Action $action -ErrorAction Stop } | Should -Throw -ErrorId 'HRESULT 0x800700b7,Register-ScheduledTask'
    }
}

Describe 'The security center' {
    It 'is on a workstation, and knows what protects it' {
        $client = Start-Cimulator -Lab workstation -ComputerName ws01
        try {
            $product = Get-CimInstance -ComputerName ws01 -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct
            $product.displayName | Should -Be 'Windows Defender'
            '0x{0:x6}' -f $product.productState | Should -Be '0x061100'
        } finally { $client | Stop-Cimulator }
        Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | Should -BeNullOrEmpty
    }
}
